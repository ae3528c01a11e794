using CloudLb.Cli;
using CloudLb.Server;

// A caller's thread waits for the disk while it commits a change; on two processors half of the pool would be gone meanwhile.
ThreadPool.GetMinThreads(out var workers, out var completions);
ThreadPool.SetMinThreads(workers + 1, completions);

return await CloudLbCommand.RunAsync(args, new Executable());
