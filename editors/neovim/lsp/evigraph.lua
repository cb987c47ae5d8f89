-- `vim.lsp.enable('evigraph')` starts this (Neovim 0.11 or later).

-- What the lens above a statement asks: the answer is a text, shown in a window of its own.
local function why(command, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  local request = { command = command.command, arguments = command.arguments }
  client:request('workspace/executeCommand', request, function(err, answer)
    if err then
      vim.notify('evigraph: ' .. err.message, vim.log.levels.ERROR)
    elseif answer then
      vim.lsp.util.open_floating_preview(vim.split(answer, '\n'), 'text', { focus_id = 'evigraph.why' })
    end
  end, context.bufnr)
end

---@type vim.lsp.Config
return {
  cmd = { 'evigraph', 'lsp' },
  filetypes = { 'evigraph' },
  root_markers = { 'case.ron' },
  commands = { ['evigraph.why'] = why },
}
