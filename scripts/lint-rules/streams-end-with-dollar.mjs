/**
 * The lint rule behind "`$` ends the name of every stream": variables and properties that hold an observable, and exported
 * functions that return one. Unlike `rxjs-x/finnish` it leaves alone what merely makes streams: an operator, an interceptor,
 * a private helper. What an operator bends is called `source`, as in RxJS itself.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const streamsEndWithDollar = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { dollar: '`{{name}}` is a stream: end its name with `$`.' },
  },
  create(context) {
    const services = context.sourceCode.parserServices;

    const check = (key, isStream) => {
      const { name } = key;
      if (name === undefined || name === 'source' || name.endsWith('$') || !isStream()) return;
      context.report({ node: key, messageId: 'dollar', data: { name } });
    };
    const holdsStream = (node) => () => isStreamType(services.getTypeAtLocation(node));
    const returnsStream = (node) => () =>
      services
        .getTypeAtLocation(node)
        .getCallSignatures()
        .some((signature) => isStreamType(signature.getReturnType()));

    return {
      'VariableDeclarator > Identifier.id': (id) => check(id, holdsStream(id)),
      ':matches(PropertyDefinition, TSPropertySignature)': (node) => check(node.key, holdsStream(node)),
      'ExportNamedDeclaration > FunctionDeclaration': (node) => check(node.id, returnsStream(node)),
    };
  },
};

const STREAMS = /^(Observable|ConnectableObservable|(Behavior|Replay|Async)?Subject)$/;

function isStreamType(type) {
  return type.isUnion() ? type.types.some(isStreamType) : STREAMS.test(type.getSymbol()?.name ?? '');
}
