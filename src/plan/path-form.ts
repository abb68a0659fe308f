/** Endings by which a name without a directory is known to be a file. */
const EXTENSIONS = new Set(
  (
    'astro bash bat c cc cfg cjs clj cmake conf cpp cs css csv cts cxx dart dockerfile editorconfig ejs env erb erl ' +
    'ex exs fs go gradle graphql h hbs hpp hs htm html hxx ini ipynb java jl js json json5 jsonc jsx kt kts less lock ' +
    'lua m md mdx mjs mk ml mts nix php pl png po prisma proto ps1 py pyi r rake rb rs rst sass scala scss sh snap ' +
    'sql svelte svg swift tf tfvars toml ts tsx txt vb vue wasm xml yaml yml zig zsh'
  ).split(' '),
);

/** Files that are known without an ending. */
const NAMES = new Set(
  (
    'Brewfile CODEOWNERS Containerfile Dockerfile Gemfile Jenkinsfile Justfile LICENSE Makefile NOTICE Pipfile ' +
    'Procfile Rakefile Vagrantfile .dockerignore .editorconfig .env .eslintrc .gitattributes .gitignore .gitmodules ' +
    '.npmrc .nvmrc .prettierrc go.mod go.sum'
  ).split(' '),
);

/** What looks like a file and is the name of a product. */
const PRODUCTS = new Set(
  'alpine.js angular.js backbone.js chart.js d3.js deno.js ember.js express.js moment.js nest.js next.js node.js nuxt.js p5.js pixi.js react.js socket.io three.js vue.js asp.net vb.net'.split(
    ' ',
  ),
);

const MEDIA_TYPE = /^(?:application|audio|font|image|message|model|multipart|text|video)\/[\w.+-]+$/;
const GIT_REF = /^(?:origin|upstream|refs|heads|remotes)\//;

/** A place in the file: `:12`, `:12:5`, `:12-20`, `#L12-L20`. */
const PLACE = /(?::\d+(?:[:-]\d+)?|#L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?)$/;

const LONGEST_PATH = 255;

/**
 * The path or glob that somebody names, relative to the repository and with `/`; null where the words are no path:
 * commands, URLs, identifiers, versions, paths that lead outside.
 */
export function pathNamed(words: string): string | null {
  const path = words
    .trim()
    .replace(PLACE, '')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '');
  if (path === '' || path.length > LONGEST_PATH || !/^[\p{L}\p{N}._@+\-/*?{},[\]()!~]+$/u.test(path))
    return null;
  const segments = path.split('/');
  if (/^[/~@!]/.test(path) || path.endsWith('()') || segments.some(isOdd)) return null;
  if (segments.length > 1) return looksLikePath(path, segments) ? path : null;
  return looksLikeFile(path) ? (path.includes('*') ? `**/${path}` : path) : null;
}

const isOdd = (segment: string): boolean => segment === '' || segment === '.' || segment === '..';

function looksLikePath(path: string, segments: readonly string[]): boolean {
  if (GIT_REF.test(path) || /^(?:and\/or|either\/or)$/i.test(path)) return false;
  if (MEDIA_TYPE.test(path) && !hasExtension(path)) return false;
  if (segments.every((segment) => segment.length < 2) && !path.includes('*')) return false;
  return !segments.every((segment) => /^[\d.]+$/.test(segment)) && !/^https?:/i.test(path);
}

function looksLikeFile(name: string): boolean {
  if (NAMES.has(name)) return true;
  if (PRODUCTS.has(name.toLowerCase()) || /[()[\],!]/.test(name)) return false;
  return hasExtension(name) && !/^v?\d+(?:\.\d+)*$/.test(name);
}

function hasExtension(path: string): boolean {
  const ending = /[^./]\.([A-Za-z0-9]{1,12})$/.exec(path)?.[1];
  return ending !== undefined && EXTENSIONS.has(ending.toLowerCase());
}
