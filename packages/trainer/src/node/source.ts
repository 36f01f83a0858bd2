/** Where rows come from: a relation of DuckDB's, and what it holds. */
export interface Source {
  /** How messages call it: the path, or `the query`. */
  name: string
  /** The path, of a file. */
  file?: string
  /** What stands after FROM. */
  relation: string
  columns: SourceColumn[]
  /** The same rows with a text column read as numbers, which fails naming the line: text files have it. */
  asNumbers?: (column: string) => string
}

export interface SourceColumn {
  name: string
  /** DuckDB's type, such as DOUBLE or TIMESTAMP WITH TIME ZONE. */
  type: string
  /** A text column whose values are numbers for the most part. */
  mixed?: boolean
}
