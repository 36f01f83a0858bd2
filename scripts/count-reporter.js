// A reporter for vitest that writes how many tests passed, failed and were skipped, and which were and why.
import { mkdirSync, writeFileSync } from 'node:fs'

/** Where the counts go. */
export const counts = new URL('../build/test-counts.json', import.meta.url)

export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()])
    const inState = (...states) => tests.filter((test) => states.includes(test.result().state))
    const skipped = inState('skipped').map((test) => ({
      name: `${test.module.relativeModuleId} > ${test.fullName}`,
      reason: test.result().note ?? 'no reason given',
    }))
    // what fails outside of tests (a file that cannot be loaded, a hook) counts as a failure of its own
    const outside = suites.filter((suite) => suite.errors().length > 0).length + unhandledErrors.length
    const passed = inState('passed').length
    const failed = inState('failed', 'pending').length + outside
    mkdirSync(new URL('.', counts), { recursive: true })
    writeFileSync(counts, JSON.stringify({ passed, failed, skipped }))
  }
}
