import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'

export interface SourceFile {
  /** Path from the repository's root, with slashes. */
  readonly path: string
  readonly text: string
  /** What it imports, types too: a path from the root for own files, a package's name for others. */
  readonly imports: readonly { readonly to: string; readonly typeOnly: boolean; readonly lazy: boolean }[]
  readonly tree: ts.SourceFile
}

const root = join(import.meta.dirname, '..')

/** Every source of a folder, parsed. */
export function sourcesOf(folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .sort()
    .map((name) => read(join(folder, name).replaceAll('\\', '/')))
}

function read(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  const imports: SourceFile['imports'][number][] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, lazy: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier))
      imports.push({ to: resolve(path, specifier.text), typeOnly, lazy })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node), false)
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly, false)
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true, true)
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false, true)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return { path, text, imports, tree }
}

function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false
  if (importClause.isTypeOnly) return true
  const { name, namedBindings } = importClause
  return (
    !name &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.length > 0 &&
    namedBindings.elements.every((element) => element.isTypeOnly)
  )
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('.'))
    return relative(root, join(root, dirname(from), specifier)).replaceAll('\\', '/')
  const [scope = '', name] = specifier.split('/')
  return specifier.startsWith('@') ? `${scope}/${name}` : scope
}
