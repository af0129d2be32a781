// Preloaded into every child: when the launcher is killed outright, its end of this channel closes, and the
// child stops as it would at SIGTERM instead of holding the port for ever.
process.channel?.unref()
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
