/** Keys that everybody uses for everything: one by that name says nothing of another. */
const COMMON =
  /^(?:url|src|path|data|value|href|link|image|img|icon|cover|pic|poster|avatar|name|title|text|key|id|type|content|list|item|items|result|res|query|options|params|header|headers|method|then|catch|default|code|success|fail|complete|props|children|index|length|push|pop|map|filter|forEach|slice|join|split|concat|replace|keys|values|add|has|set|clear|call|apply|bind|log|error|warn|info|test|exec|match|toString|trim|indexOf|includes|setData|on|off|emit|open|close|resolve|reject|file|files|page|pages|target|detail|dataset|currentTarget)$/;

/** Whether a name alone tells what is meant, in an app of one's own: `serverUrl`, `globalData`, `$http`. */
export function isTelling(name: string): boolean {
  return !COMMON.test(name);
}
