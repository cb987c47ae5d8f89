-- A case is RON, and most RON files are no cases: a file is one by its name, or if `Case(` is the first thing in it,
-- comments and `#![enable(…)]` aside.

local longest_foreword = 400

local function opens_case(bufnr)
  local text = table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, longest_foreword, false), '\n')
  local depth, at = 0, 1
  while at <= #text do
    local two = text:sub(at, at + 1)
    if two == '/*' then
      depth, at = depth + 1, at + 2
    elseif depth > 0 then
      depth, at = two == '*/' and depth - 1 or depth, two == '*/' and at + 2 or at + 1
    elseif two == '//' or two == '#!' then
      at = (text:find('\n', at, true) or #text) + 1
    elseif text:find('^%s', at) then
      at = at + 1
    else
      return text:find('^Case%s*%(', at) ~= nil
    end
  end
  return false
end

vim.filetype.add({
  filename = { ['case.ron'] = 'evigraph' },
  pattern = {
    ['.*%.case%.ron'] = 'evigraph',
    ['.*%.ron'] = function(_, bufnr)
      return opens_case(bufnr) and 'evigraph' or nil
    end,
  },
})
