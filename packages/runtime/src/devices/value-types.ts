import type { GraphNode } from './node-graph.js'

/** Element types by the names of the values. */
export type Types = ReadonlyMap<string, string>

const BOOL = [
  'And',
  'Equal',
  'Greater',
  'GreaterOrEqual',
  'IsInf',
  'IsNaN',
  'Less',
  'LessOrEqual',
  'Not',
  'Or',
  'Xor',
]
const INT64 = ['ArgMax', 'ArgMin', 'NonZero', 'Shape', 'Size']

/**
 * The element type of a node's outputs. ONNX's operators give the type that they take first, but for those named here.
 * @returns undefined where what it takes is not known
 */
export function outputType(
  { operator, inputs, attributes }: GraphNode,
  types: Types,
  typeName: (number: number) => string,
): string | undefined {
  if (BOOL.includes(operator)) return 'bool'
  if (INT64.includes(operator)) return 'int64'
  if (operator === 'Cast') return typeName(attributes.get('to')?.int ?? 0)
  if (operator === 'Constant') return attributes.get('value')?.tensor
  if (operator === 'ConstantOfShape') return attributes.get('value')?.tensor ?? 'float32'
  return types.get(inputs[operator === 'Where' ? 1 : 0])
}
