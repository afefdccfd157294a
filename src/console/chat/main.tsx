import { render } from 'preact'
import { ChatPage } from './page.tsx'

const root = document.getElementById('app')
if (root) render(<ChatPage />, root)
