/** Loaded by node before a program, to say in the end what that took: the system tells it only the process itself. */
import { writeSync } from 'node:fs'

process.on('exit', () => {
  const { userCPUTime, maxRSS } = process.resourceUsage()
  writeSync(3, JSON.stringify({ user: userCPUTime / 1000, MB: maxRSS / 1024 }))
})
