import type { ByteWriter, ParquetWriter } from 'hyparquet-writer'

type RowGroup = ParquetWriter['row_groups'][number]

/**
 * Appends a column of floats to the bytes of a row group, and to what the file's end tells of it: one page, plain and
 * uncompressed, since features do not repeat, nor do they compress. hyparquet-writer gives the same bytes, but one value
 * at a time.
 */
export function appendFloats(bytes: ByteWriter, group: RowGroup, name: string, values: Float32Array): void {
  const start = bytes.offset
  appendPageHeader(bytes, values.length, values.byteLength)
  bytes.appendBytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)) // little-endian, as Node is
  const size = BigInt(bytes.offset - start)
  group.total_byte_size += size
  group.total_compressed_size = (group.total_compressed_size ?? 0n) + size
  group.columns.push({
    file_offset: BigInt(start),
    meta_data: {
      type: 'FLOAT',
      encodings: ['PLAIN'],
      path_in_schema: [name],
      codec: 'UNCOMPRESSED',
      num_values: BigInt(values.length),
      total_uncompressed_size: size,
      total_compressed_size: size,
      data_page_offset: BigInt(start),
    },
  })
}

const I32 = 0x15 // Thrift's compact protocol: the field after the one before, a 32-bit integer
const STRUCT = 0x5c // the fifth field after the one before, a struct
const STOP = 0x00
const [DATA_PAGE_V2, PLAIN] = [3, 0]

/** A `PageHeader` of parquet.thrift: https://github.com/apache/parquet-format */
function appendPageHeader(bytes: ByteWriter, values: number, size: number): void {
  const append = (fields: readonly number[]) => {
    for (const field of fields) {
      bytes.appendUint8(I32)
      bytes.appendZigZag(field)
    }
  }
  append([DATA_PAGE_V2, size, size]) // type, size uncompressed and compressed
  bytes.appendUint8(STRUCT)
  append([values, 0, values, PLAIN, 0, 0]) // values, nulls, rows, encoding, bytes of definition and repetition levels
  bytes.appendUint8(STOP)
  bytes.appendUint8(STOP)
}
