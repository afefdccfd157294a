import type { Root } from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { AppError } from '../core/errors.ts'
import { type ArticleId, asId } from '../core/ids.ts'
import { type Article, frontMatter } from './article.ts'
import { parseYaml } from './parse-yaml.ts'
import { splitPassages } from './split.ts'
import { articleHash } from './stored-articles.ts'

const markdown = unified().use(remarkParse).use(remarkFrontmatter, ['yaml'])

/** Reads one article. Throws `CONTENT_INVALID` as `file:line: what is wrong`. */
export function readArticle(file: string, content: string): Article {
  const root: Root = markdown.parse(content)
  const [first] = root.children
  if (first?.type !== 'yaml')
    throw new AppError('CONTENT_INVALID', `${file}:1: an article begins with front matter between --- lines`)
  // The front matter begins on the file's second line.
  const meta = parseYaml(file, first.value, frontMatter, 2)
  const id = asId<ArticleId>(meta.id)
  return {
    ...meta,
    id,
    file,
    hash: articleHash(content),
    passages: splitPassages(file, id, root),
  }
}
