-- Opens files in Neovim with the language server, waits for their findings, carries out one quick fix, and writes
-- what a user of Neovim would see as JSON. For Neovim 0.7 and later; driven by neovim.test.ts through WIF_TEST.
local task = vim.json.decode(vim.env.WIF_TEST)
local severities = { 'error', 'warning', 'info', 'hint' }

local function run()
  local client = vim.lsp.start_client({ name = 'wif', cmd = task.cmd, root_dir = task.folder })
  local buffers = {}
  for _, file in ipairs(task.files) do
    vim.cmd('edit ' .. vim.fn.fnameescape(task.folder .. '/' .. file.name))
    buffers[file.name] = vim.api.nvim_get_current_buf()
    vim.bo.filetype = file.filetype
    vim.lsp.buf_attach_client(0, client)
  end

  -- Counts are enough to wait for: what the findings are is compared outside.
  vim.wait(task.patience, function()
    for _, file in ipairs(task.files) do
      if #vim.diagnostic.get(buffers[file.name]) ~= file.findings then return false end
    end
    return true
  end, 20)

  local findings = {}
  for _, file in ipairs(task.files) do
    local buffer = buffers[file.name]
    -- Neovim counts bytes from 0, the command line UTF-16 units from 1.
    local function column(line, byte)
      local text = vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1] or ''
      local _, units = vim.str_utfindex(text, math.min(byte, #text))
      return units + 1
    end
    for _, found in ipairs(vim.diagnostic.get(buffer)) do
      table.insert(findings, {
        file = file.name,
        rule = found.user_data.lsp.code,
        severity = severities[found.severity],
        message = found.message,
        line = found.lnum + 1,
        column = column(found.lnum, found.col),
        endLine = found.end_lnum + 1,
        endColumn = column(found.end_lnum, found.end_col),
      })
    end
  end

  local fix = task.fix
  local buffer = buffers[fix.name]
  local position = { line = fix.line - 1, character = fix.column - 1 }
  local answers = vim.lsp.buf_request_sync(buffer, 'textDocument/codeAction', {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    range = { start = position, ['end'] = position },
    context = { diagnostics = {} },
  }, task.patience)
  for _, answer in pairs(answers or {}) do
    for _, action in ipairs(answer.result or {}) do
      if action.title:find(fix.title, 1, true) then
        vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
        break
      end
    end
  end
  local fixed = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  return { version = vim.fn.matchstr(vim.fn.execute('version'), 'NVIM v\\zs[0-9.]*'), findings = findings, fixed = fixed }
end

local ok, result = pcall(run)
vim.fn.writefile({ vim.json.encode(ok and result or { error = result }) }, task.out)
vim.cmd('qall!')
