"""Trains the toy networks with Keras, as toy-network.ts does, and prints the largest error of each head for each seed.

    python keras_toy.py '{"seeds": 20, "epochs": 300}'
"""

import json
import os
import sys

answer = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what libraries print must not get into it

import keras
import numpy
import tensorflow as tf
from keras import layers

UNITS, WINDOW = 100, 9
TOYS = {"reconstruction": [0], "prediction": [1], "composite": [0, 1]}  # 1: shifted by one
sequence = (numpy.arange(1, 10, dtype="float32") / 10).reshape(1, WINDOW, 1)


def lstm(**options):
    return layers.LSTM(UNITS, activation="relu", **options)


def network(shifts):
    window = keras.Input((WINDOW, 1), batch_size=1)
    code = lstm()(window)
    outputs = [
        layers.TimeDistributed(layers.Dense(1))(
            lstm(return_sequences=True)(layers.RepeatVector(WINDOW - shift)(code))
        )
        for shift in shifts
    ]
    return keras.Model(window, outputs)


def largest_errors(shifts, seeds, epochs):
    """Compiled once: each seed's own initial weights are put in, and the optimizer forgets."""
    targets = [tf.constant(sequence[:, shift:]) for shift in shifts]
    data = tf.data.Dataset.from_tensors((tf.constant(sequence), tuple(targets) if len(targets) > 1 else targets[0]))
    model = network(shifts)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.001),
        loss=["mse"] * len(shifts),
        steps_per_execution=epochs,
        jit_compile=True,
    )
    model.optimizer.build(model.trainable_variables)
    fresh = [variable.numpy() for variable in model.optimizer.variables]
    errors = []
    for seed in range(seeds):
        keras.utils.set_random_seed(seed)
        model.set_weights(network(shifts).get_weights())
        for variable, value in zip(model.optimizer.variables, fresh):
            variable.assign(value)
        model.fit(data.repeat(epochs), steps_per_epoch=epochs, epochs=1, verbose=0)
        outputs = model.predict_on_batch(sequence)
        outputs = outputs if isinstance(outputs, list) else [outputs]
        errors.append([float(abs(rows - sequence[:, shift:]).max()) for rows, shift in zip(outputs, shifts)])
    return errors


request = json.loads(sys.argv[1])
print(json.dumps({name: largest_errors(shifts, **request) for name, shifts in TOYS.items()}), file=answer, flush=True)
