import { vi } from 'vitest'
import { URI } from 'vscode-uri'

/** For tests: what these modules use of VS Code. A person says no to everything until a test says otherwise. */
export function fakeVscode() {
  const settings = new Map<string, unknown>()
  return {
    settings,
    l10n: {
      t: (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_, i) => String(values[i])),
    },
    Uri: URI,
    ProgressLocation: { Window: 10, Notification: 15 },
    window: {
      showWarningMessage: vi.fn<(question: string, options: { detail: string }, yes: string) => unknown>(),
      showInformationMessage: vi.fn(),
      showErrorMessage: vi.fn(),
      showQuickPick: vi.fn<(items: { label: string }[]) => unknown>(),
      showInputBox: vi.fn<(options: { title: string; validateInput(text: string): unknown }) => unknown>(),
      withProgress: (_: unknown, work: () => unknown) => work(),
    },
    workspace: {
      isTrusted: true,
      asRelativePath: ({ path }: URI) => path,
      getConfiguration: () => ({
        get: (name: string, otherwise: unknown) => settings.get(name) ?? otherwise,
      }),
    },
  }
}
