import { asString, get, items, type Tree, textAt } from '../syntax/node.ts'

/** What a `kustomization.yaml` does to the objects of the files it lists. */
export interface Kustomization {
  /** Of the folder, with a slash at the end: how other kustomizations list this one. */
  folder: string
  /** The namespace of every object, whatever its manifest says (Kustomize reference, `namespace`). */
  namespace: string | undefined
  /** The uris of the files and folders it lists. */
  resources: string[]
}

/** Reads a kustomization; total. Resources from elsewhere (`https://`, `github.com/...`) lead nowhere here. */
export function readKustomization(uri: string, tree: Tree | undefined): Kustomization {
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1)
  const listed = ['resources', 'bases', 'components'].flatMap(key => items(get(tree?.root, key)))
  return {
    folder,
    namespace: textAt(tree?.root, 'namespace'),
    resources: listed.flatMap(item => resolve(folder, asString(item)?.value) ?? []),
  }
}

/**
 * The namespace that kustomize gives to the objects of the file `uri`: that of the one kustomization that reaches
 * it, directly or through the folders it lists. Overlays that disagree give none, for then it depends on which is
 * applied.
 */
export function kustomizeNamespace(uri: string, all: readonly Kustomization[]): string | undefined {
  const found = new Set(
    all.filter(k => k.resources.includes(uri)).flatMap(k => namespacesOf(k, all, new Set())),
  )
  const [only] = found
  return found.size === 1 ? only : undefined
}

/** What `base` ends up with: the namespaces of those who build on it, else its own. */
function namespacesOf(
  base: Kustomization,
  all: readonly Kustomization[],
  seen: Set<Kustomization>,
): string[] {
  if (seen.has(base)) return []
  seen.add(base)
  const overlays = all.filter(k => k.resources.some(r => `${r.replace(/\/$/, '')}/` === base.folder))
  const theirs = overlays.flatMap(k => namespacesOf(k, all, seen))
  if (theirs.length > 0) return theirs
  return base.namespace === undefined ? [] : [base.namespace]
}

function resolve(folder: string, path: string | undefined): string | undefined {
  if (path === undefined || /^[a-z]+:\/\/|^git@/i.test(path) || !URL.canParse(path, folder)) return undefined
  return new URL(path, folder).href
}
