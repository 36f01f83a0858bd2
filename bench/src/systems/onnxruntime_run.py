"""ONNX Runtime from Python: the session alone, of the same file."""
import os
import sys

import onnxruntime
from serve import serve, waves

(directory,) = sys.argv[1:]


def prepare(row):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    name = f"T{row['window']}-C{row['columns']}-{'-'.join(map(str, row['units']))}.onnx"
    session = onnxruntime.InferenceSession(os.path.join(directory, name), options, providers=["CPUExecutionProvider"])
    windows = waves(row)
    return lambda: session.run(None, {"input": windows}), 1, None


serve(prepare)
