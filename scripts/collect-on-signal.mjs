// Loaded before Salus by scripts/burst.mts: what still lies in memory after this is held by something.
process.on('SIGUSR2', () => {
  globalThis.gc?.()
  // What finalizers let go of.
  setTimeout(() => globalThis.gc?.(), 500)
})
