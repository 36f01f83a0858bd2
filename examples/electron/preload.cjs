const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('encoder', {
  describe: () => ipcRenderer.invoke('describe'),
  encode: (rows) => ipcRenderer.invoke('encode', rows),
})
