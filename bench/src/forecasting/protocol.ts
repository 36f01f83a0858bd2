/** What was done, in words. */
export const PROTOCOL =
  'ETTh1, 24 hours ahead: rows 0–8639 train, –11519 validate, –14399 test; columns are scaled by mean and deviation of the ' +
  'training rows; every row counts from which on 24 hours lie in the test rows (2,857), and all errors are of scaled values. ' +
  "`fitForecaster` with the product's defaults, but where a title says otherwise. *Chosen by validation*: window 336, hidden " +
  '32, dropout 0.5, learning rate 0.0003, mse. *From 24 hours*: the forecaster sees no more than a day; *LSTM alone*: without the ' +
  'linear view of it. Features: 64, of a ' +
  '`denseAutoencoder` of the last 168 hours of all columns, relative to the last one, which is trained on the training rows ' +
  'with the defaults of `fit`; an untrained one has the same initial weights. As many weights: an LSTM with the fewest units ' +
  'that have as many in all. Extreme days: the twentieth of the test windows (143) whose targets move farthest from their last ' +
  'value, by the mean of the distances over the 24 hours. Differences: of the mean over seeds, with the 95 % interval of 1,000 ' +
  "bootstrap draws of seeds and of weeks of neighbouring windows. The ridge's penalty is the best on the validation rows."
