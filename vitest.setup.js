import { bundle, published } from './scripts/bundle.js'

// Worker threads and the command run what is built, so the tests must not see an old build.
export async function setup() {
  await Promise.all(published.map(bundle))
}
