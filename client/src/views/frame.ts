import { env, Uri, type Webview, type WebviewOptions, type WebviewPanelOptions } from 'vscode'
import { type Html, html } from './html.ts'

/** Where the build puts the script and the style sheet of each view. */
const FOLDER = ['dist', 'views']

/**
 * The options of a panel for `frame`: it can load what the build made for views, and nothing else. A hidden panel
 * keeps nothing in memory; its view shows itself again from what the extension knows.
 */
export function panelOptions(extensionUri: Uri): WebviewOptions & WebviewPanelOptions {
  return { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, ...FOLDER)] }
}

/**
 * The page of a webview around its content, as the text for `webview.html`. It runs `dist/views/VIEW.js`, looks as
 * `dist/views/VIEW.css` says, and the browser keeps it from everything else: other scripts, inline styles, images,
 * frames, forms, the network.
 * @param view names the bundle; scripts/build.mjs has the list
 */
export function frame(webview: Webview, extensionUri: Uri, view: string, title: string, body: Html): string {
  const nonce = randomNonce()
  const file = (name: string) => webview.asWebviewUri(Uri.joinPath(extensionUri, ...FOLDER, name)).toString()
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html`<!DOCTYPE html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${file(`${view}.css`)}">
<script nonce="${nonce}" type="module" src="${file(`${view}.js`)}"></script>
</head>
<body>${body}</body>
</html>`.markup
}

/** A name that no content of the page can guess, so that no script but ours runs (CSP 3, section 7.1). */
function randomNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}
