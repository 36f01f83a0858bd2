/** When a page was blocked for more than 50 ms while some work was done, and for how long, in ms. */
export async function blockedDuring(
  work: () => Promise<unknown>,
): Promise<{ startTime: number; duration: number }[]> {
  const blocked: { startTime: number; duration: number }[] = []
  const add = (entries: PerformanceEntryList) =>
    blocked.push(...entries.map(({ startTime, duration }) => ({ startTime, duration })))
  const observer = new PerformanceObserver((list) => add(list.getEntries()))
  observer.observe({ type: 'longtask' })
  await work()
  await new Promise((resolve) => setTimeout(resolve, 100)) // a task is known some time after it has ended
  add(observer.takeRecords())
  observer.disconnect()
  return blocked
}
