// A site of files alone. What a server of Next.js needs more are the headers that threads need (docs/browser.md).
export default { output: 'export' }
