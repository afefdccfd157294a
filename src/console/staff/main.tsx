import { render } from 'preact'
import { StaffPage } from './page.tsx'

const root = document.getElementById('app')
if (root) render(<StaffPage />, root)
