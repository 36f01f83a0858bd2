'use client'

import { useEffect, useState } from 'react'

export default function Page() {
  const [features, setFeatures] = useState('')
  useEffect(() => {
    encode().then(setFeatures)
  }, [])
  return <output>{features}</output>
}

/** Imported here and not above: pages are also rendered in Node when they are built, where nothing is to be encoded. */
async function encode() {
  const { loadEncoder } = await import('@tempocode/runtime')
  const encoder = await loadEncoder('/encoder.onnx', { worker: true })
  const { window, columns } = encoder
  const rows = Float32Array.from({ length: window * columns.length }, (_, i) => Math.sin(i)) // a window of raw values
  const { data } = await encoder.encode(rows)
  await encoder.dispose()
  return data.join(' ')
}
