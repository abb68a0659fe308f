import { type Schema, schemas } from './description.ts';

/**
 * The names in a value that its schema does not know, as `/labels/0/colour`. JSON Schema lets them pass; here they are
 * a problem, for GitHub ignores a misspelt parameter in silence, and a name that only the box answers would be missed
 * on github.com.
 */
export function unknownNames(schema: Schema, value: unknown, at = ''): readonly string[] {
  const forms = formsOf(schema, value);
  if (Array.isArray(value)) return value.flatMap((item, index) => inItem(forms, item, `${at}/${index}`));
  if (!isRecord(value)) return [];
  const open = forms.some((form) => allowsMore(form)) || forms.every((form) => !form.properties);
  return Object.entries(value).flatMap(([name, inner]) => inProperty(forms, open, inner, name, at));
}

/** Every plain schema that may describe the value: references followed, alternatives laid side by side. */
function formsOf(schema: Schema, value: unknown): readonly Schema[] {
  if (schema.$ref) return formsOf(schemas[schema.$ref.replace('#/schemas/', '')] ?? {}, value);
  const alternatives = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...chosen(schema, value)];
  return [schema, ...alternatives.flatMap((it) => formsOf(it, value))].filter(
    (form) => form.properties ?? form.items ?? form.additionalProperties,
  );
}

function chosen(schema: Schema, value: unknown): readonly Schema[] {
  const alternatives = schema.oneOf ?? [];
  const tag = schema.discriminator?.propertyName;
  if (!tag || !isRecord(value)) return alternatives;
  return alternatives.filter((it) => hasTag(it, tag, value[tag]));
}

function hasTag(schema: Schema, tag: string, name: unknown): boolean {
  const form = schemas[schema.$ref?.replace('#/schemas/', '') ?? ''];
  return form?.properties?.[tag]?.enum?.includes(name) ?? false;
}

function allowsMore(form: Schema): boolean {
  return form.additionalProperties !== undefined && form.additionalProperties !== false;
}

function inItem(forms: readonly Schema[], item: unknown, at: string): readonly string[] {
  const items = forms.flatMap((form) => form.items ?? []);
  return items.length === 0 ? [] : unknownNames({ anyOf: items }, item, at);
}

function inProperty(
  forms: readonly Schema[],
  open: boolean,
  value: unknown,
  name: string,
  at: string,
): readonly string[] {
  const known = forms.flatMap((form) =>
    Object.hasOwn(form.properties ?? {}, name) ? [form.properties?.[name]] : [],
  );
  const found = known.filter((it) => it !== undefined);
  if (found.length > 0) return unknownNames({ anyOf: found }, value, `${at}/${name}`);
  return open ? [] : [`${at}/${name}`];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
