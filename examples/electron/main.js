// The main process is Node: it encodes on the processor or on CUDA, in a worker thread, so that windows stay alive.
import { fileURLToPath } from 'node:url'
import { loadEncoder } from '@tempocode/runtime'
import { app, BrowserWindow, ipcMain } from 'electron'

const path = (name) => fileURLToPath(new URL(name, import.meta.url))
const encoder = await loadEncoder(path('encoder.onnx'), { worker: true })

ipcMain.handle('describe', () => ({ window: encoder.window, columns: encoder.columns }))
ipcMain.handle('encode', async (_event, rows) => (await encoder.encode(rows)).data)

await app.whenReady()
const window = new BrowserWindow({ webPreferences: { preload: path('preload.cjs') } })
await window.loadFile('index.html')
app.on('window-all-closed', () => app.quit())
