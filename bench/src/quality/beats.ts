import { Random } from '@tempocode/core'
import { type Beats, chosenBeats } from '../family/ecg5000.js'

/** Those of class 1, which is 0 here. */
export const normalBeats = (beats: Beats): Beats =>
  chosenBeats(
    beats,
    Int32Array.from(beats.classes.keys()).filter((place) => beats.classes[place] === 0),
  )

/** All of them in a random order: those of the file are sorted by class, and the last ones validate. */
export const shuffledBeats = (beats: Beats, seed: number): Beats =>
  chosenBeats(beats, new Random(seed, 'beats').shuffle(Int32Array.from(beats.classes.keys())))
