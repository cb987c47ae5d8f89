-- Opens a case, waits for what is wrong with it, mends, renames and formats it, and asks why: with the real server, in a
-- Neovim without a screen. Run by ../test.sh, with `evigraph` on the PATH.

local here = vim.fs.dirname(vim.fs.abspath(debug.getinfo(1, 'S').source:sub(2)))
local folder = assert(vim.uv.fs_mkdtemp(vim.fs.joinpath(vim.uv.os_tmpdir(), 'evigraph-neovim-XXXXXX')))
local patience = 60000

local function check(condition, what, found)
  if not condition then
    error(what .. (found == nil and '' or ': ' .. vim.inspect(found)), 2)
  end
  print('ok ' .. what)
end

local function eventually(condition, what, found)
  check(vim.wait(patience, condition, 20), what, found and found())
end

local function write(name, text)
  local path = vim.fs.joinpath(folder, name)
  vim.fn.writefile(vim.split(text, '\n'), path)
  return path
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

-- Puts the cursor on the first place of a text, `into` characters behind its start.
local function go_to(wanted, into)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(wanted, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { row, column - 1 + into })
      return
    end
  end
  error('no such text: ' .. wanted)
end

local CASE = [[
// Did the ferry sail? A long night.
Case(
  title: "Did the ferry sail?",
    includes: ["part.ron"],
    documents: {
        "book": (title: "Book of the harbour office", reliability: B),
    },
    claims: {
        "sailed": (text: "The ferry sailed.", evidence: [Supports(from: "bok", as: Finding)]),
    },
)]]

local PART = [[
Case(
    claims: {
        "left": (text: "The ferry left the quay.", evidence: [Supports(from: "book")]),
    },
)]]

local function file_types()
  local cases = { ['case.ron'] = CASE, ['ferry.ron'] = PART, ['a.case.ron'] = '(title: "A ferry")' }
  for name, written in pairs(cases) do
    vim.cmd.edit(write(name, written))
    check(vim.bo.filetype == 'evigraph', name .. ' is a case', vim.bo.filetype)
  end
  vim.cmd.edit(write('game.ron', '// Case(\nScene(case: Case())'))
  check(vim.bo.filetype ~= 'evigraph', 'another RON file is none', vim.bo.filetype)
end

-- Applies what the server offers against the problem under the cursor, or types it where it offers nothing.
local function mend()
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'evigraph' })[1]
  local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
  params.context = { diagnostics = {}, only = { 'quickfix' } }
  local answer = assert(client:request_sync('textDocument/codeAction', params, patience, 0))
  local action = (answer.result or {})[1]
  if action then
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
    check(text():find('from: "book"', 1, true), 'its fix is applied', text())
  else
    print('NOT TRIED: a code action, for the server offers none here')
    vim.cmd.normal({ 'ci"book', bang = true })
  end
end

local function session()
  write('part.ron', PART)
  vim.cmd.edit(vim.fs.joinpath(folder, 'case.ron'))
  eventually(function()
    return #vim.lsp.get_clients({ bufnr = 0, name = 'evigraph' }) == 1
  end, 'the server is attached')

  local function errors()
    return vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })
  end
  eventually(function()
    return #errors() == 1 and errors()[1].code == 'unknown-id'
  end, 'the unknown id is the one error', errors)
  check(errors()[1].lnum == 8, 'on its line', errors())

  go_to('"bok"', 1)
  mend()
  eventually(function()
    return #errors() == 0
  end, 'mended, there is none', errors)

  go_to('"book"', 1)
  vim.lsp.buf.rename('register')
  local part = vim.fn.bufadd(vim.fs.joinpath(folder, 'part.ron'))
  local function other()
    return table.concat(vim.api.nvim_buf_get_lines(part, 0, -1, false), '\n')
  end
  eventually(function()
    return text():find('"register": (title', 1, true) and text():find('from: "register"', 1, true)
  end, 'the document is renamed, and what names it', text)
  eventually(function()
    return other():find('from: "register"', 1, true)
  end, 'in the other file of the case as well', other)
  check(not (text() .. other()):find('"book"', 1, true), 'everywhere', text())

  vim.lsp.buf.format({ timeout_ms = patience })
  check(text():find('\n    title: "Did the ferry sail?",', 1, true), 'the file is formatted', text())
  check(text():find('^// Did the ferry sail%? A long night%.\n'), 'with its comment', text())
end

local function reasons()
  go_to('"sailed"', 1)
  local lenses = {}
  eventually(function()
    vim.lsp.codelens.refresh({ bufnr = 0 })
    vim.wait(100)
    lenses = vim.tbl_filter(function(lens)
      return lens.command and lens.command.command == 'evigraph.why'
    end, vim.lsp.codelens.get(0))
    return #lenses > 0
  end, 'there is a lens that asks why')
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'evigraph' })[1]
  client:exec_cmd(lenses[1].command, { bufnr = 0 })
  local shown
  eventually(function()
    local window = vim.b.lsp_floating_preview
    if window and vim.api.nvim_win_is_valid(window) then
      shown = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
    end
    return shown ~= nil and shown:find('supported', 1, true) ~= nil
  end, 'which is answered in a window', function()
    return shown
  end)
end

vim.opt.runtimepath:append(here)
vim.opt.swapfile = false
vim.opt.hidden = true
vim.cmd('filetype plugin on')
vim.lsp.enable('evigraph')

local fine, message = xpcall(function()
  file_types()
  session()
  reasons()
end, debug.traceback)
vim.fn.delete(folder, 'rf')
if not fine then
  io.stderr:write('not ok ' .. message .. '\n')
  os.exit(1)
end
print('Neovim: all steps passed')
vim.cmd('qa!')
