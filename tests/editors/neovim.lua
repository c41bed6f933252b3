-- What a person does in Neovim: open a profile, complete a link, take a quick fix, rename an entity, save.
-- The program ends with the status 1 and a message when something is not as it should be.

local function fail(message)
  io.stderr:write(message .. '\n')
  vim.cmd('cquit 1')
end

local function check(condition, message)
  if not condition then
    fail(message)
  end
end

local function main()
  vim.o.swapfile = false
  vim.o.hidden = true
  vim.cmd('edit content/actors/novadip.md')
  local buffer = vim.api.nvim_get_current_buf()
  local id = vim.lsp.start_client({
    name = 'filiere',
    cmd = { vim.env.FILIERE, 'lsp' },
    root_dir = vim.fn.getcwd(),
  })
  check(id and vim.lsp.buf_attach_client(buffer, id), 'the client does not start')
  check(vim.wait(30000, function()
    return vim.lsp.buf_get_clients(buffer)[id] ~= nil and #vim.diagnostic.get(buffer) > 0
  end, 20), 'there are no diagnostics')

  -- The line with the link that is broken, and the column of a piece of it, in bytes.
  local function find(piece)
    for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
      local from, to = line:find(piece, 1, true)
      if from then
        return number, to
      end
    end
    fail('there is no ' .. piece)
  end
  local function request(method, params)
    local results, problem = vim.lsp.buf_request_sync(buffer, method, params, 30000)
    local answer = results and results[id]
    check(answer and not answer.err and not answer.error, method .. ': ' .. vim.inspect(problem or results))
    return answer.result
  end
  local function cursor_after(piece)
    local line, column = find(piece)
    vim.api.nvim_win_set_cursor(0, { line, column })
  end

  -- The diagnostic is at the link, in bytes, although the emoji before it is two units of UTF-16.
  local broken = vim.tbl_filter(function(it) return it.code == 'broken-link' end, vim.diagnostic.get(buffer))
  check(#broken == 1, vim.inspect(vim.diagnostic.get(buffer)))
  local line = vim.api.nvim_buf_get_lines(buffer, broken[1].lnum, broken[1].lnum + 1, false)[1]
  local covered = line:sub(broken[1].col + 1, broken[1].end_col)
  check(covered == '[[cer-group]]', 'the diagnostic is at ' .. covered)

  -- Completion: `[[Liège` becomes `[[uliege]]`.
  local number = find('Œuvre 🦠')
  local text = vim.api.nvim_buf_get_lines(buffer, number - 1, number, false)[1]
  local typed = text:gsub('%[%[uliege%]%]', '[[Liège')
  vim.api.nvim_buf_set_lines(buffer, number - 1, number, false, { typed })
  cursor_after('avec [[Liège')
  local list = request('textDocument/completion', vim.lsp.util.make_position_params(0, 'utf-16'))
  local items = vim.tbl_filter(function(it) return it.label == 'uliege' end, list.items)
  check(#items == 1, vim.inspect(list))
  vim.lsp.util.apply_text_edits({ items[1].textEdit }, buffer, 'utf-16')
  check(vim.api.nvim_buf_get_lines(buffer, number - 1, number, false)[1] == text, 'completion: ' .. vim.api.nvim_buf_get_lines(buffer, number - 1, number, false)[1])

  -- The quick fix.
  cursor_after('et [[cer-gr')
  local params = vim.lsp.util.make_range_params(0, 'utf-16')
  params.context = { diagnostics = {} }
  local actions = request('textDocument/codeAction', params)
  local fixes = vim.tbl_filter(function(it) return it.title == 'Write "cer-groupe"' end, actions)
  check(#fixes == 1, vim.inspect(actions))
  vim.lsp.util.apply_workspace_edit(fixes[1].edit, 'utf-16')
  check(find('et [[cer-groupe]].'), 'the link is not mended')

  -- Rename: every file that names the entity, and its own files.
  cursor_after('et [[cer-gr')
  local rename = vim.lsp.util.make_position_params(0, 'utf-16')
  rename.newName = 'cer'
  vim.lsp.util.apply_workspace_edit(request('textDocument/rename', rename), 'utf-16')
  check(find('et [[cer]].'), 'the link is not renamed')
  vim.cmd('wall')

  -- Formatting is not for us.
  check(not vim.lsp.get_client_by_id(id).server_capabilities.documentFormattingProvider, 'it formats')
  vim.lsp.stop_client(id)
  check(vim.wait(10000, function() return vim.lsp.client_is_stopped(id) end, 20), 'the server does not stop')
end

local ok, problem = pcall(main)
if not ok then
  fail(tostring(problem))
end
vim.cmd('quitall!')
