"""Keras compiled by XLA: `predict_on_batch` or `predict`, whichever is faster."""
import keras
import tensorflow as tf
from keras import layers
from serve import milliseconds, serve, waves

tf.config.threading.set_intra_op_parallelism_threads(2)
tf.config.threading.set_inter_op_parallelism_threads(2)


def prepare(row):
    keras.backend.clear_session()
    units = row["units"]
    model = keras.Sequential(
        [
            keras.Input((row["window"], row["columns"])),
            *(layers.LSTM(count, return_sequences=i < len(units) - 1) for i, count in enumerate(units)),
        ]
    )
    model.compile(jit_compile=True)
    windows = waves(row)
    calls = {
        "predict_on_batch": lambda: model.predict_on_batch(windows),
        "predict": lambda: model.predict(windows, batch_size=row["batch"], verbose=0),
    }
    best = {name: min(milliseconds(call) for _ in range(6)) for name, call in calls.items()}
    name = min(best, key=best.get)
    return calls[name], 1, f"{name}, which is faster (" + ", ".join(f"{k} {v:.2f} ms" for k, v in best.items()) + ")"


serve(prepare)
