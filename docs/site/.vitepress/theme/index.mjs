import Theme from 'vitepress/theme'
import './wide.css'

export default Theme
