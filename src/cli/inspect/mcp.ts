import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Desk } from '../../desk/desk.js';
import { MCP_TOOLS, runTool } from './mcp-tools.js';
import { about } from '../../desk/page-server.js';

/**
 * Lets an assistant look at the desk, by the Model Context Protocol over the standard input and output.
 *
 * @returns What ends it.
 */
export async function serveMcp(
  desk: Desk,
  transport: Transport = new StdioServerTransport(),
): Promise<() => Promise<void>> {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- McpServer would have its tools described by zod, and nothing else here needs that
  const server = new Server(about(), { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...MCP_TOOLS] }));
  server.setRequestHandler(CallToolRequestSchema, ({ params: { name, arguments: given = {} } }) => {
    try {
      return { content: [{ type: 'text' as const, text: runTool(desk, name, given) }] };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { isError: true, content: [{ type: 'text' as const, text }] };
    }
  });
  await server.connect(transport);
  return () => server.close();
}
