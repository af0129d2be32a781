import { ApplicationsCard } from '../features/applications/applications-card.tsx'
import HomePage from '../features/home/home-page.tsx'

/** Home with the applications that may be opened from it. */
const Home = () => <HomePage applications={<ApplicationsCard />} />

export default Home
