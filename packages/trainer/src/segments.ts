/** A run of consecutive rows [start, end) that no window may leave: a group, or what lies between two gaps. */
export interface Segment {
  start: number
  end: number
  /** The group's name, where rows are grouped. */
  name?: string
}

/** The segments of each group together: gaps cut a group into several segments, which follow each other. */
export function groupsOf(segments: readonly Segment[]): Segment[][] {
  const groups: Segment[][] = []
  for (const segment of segments) {
    const group = groups.at(-1)
    if (group !== undefined && group[0].name === segment.name) group.push(segment)
    else groups.push([segment])
  }
  return groups
}

/** How many rows the segments have together. */
export function countRows(segments: readonly Segment[]): number {
  return segments.reduce((rows, { start, end }) => rows + end - start, 0)
}
