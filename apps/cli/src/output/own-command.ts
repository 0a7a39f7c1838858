/** How the user calls this program: npm sets the variable for npx and npm start, where there is no `kt` on the path (decision K3). */
export function ownCommand(): 'kt' | 'npx kt' {
  return process.env['npm_command'] === undefined ? 'kt' : 'npx kt'
}
