using CloudLb.Cli;
using CloudLb.Server;
using CloudLb.Server.Startup;

if (args is ["serve", ..] && !OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("cloudlb: CloudLb serves on Linux alone.");
    return 1;
}

// Before anything else is loaded, as each assembly takes a file. Other commands do with fewer.
if (args is ["serve", ..] && OpenFiles.WhyTooFew() is { } tooFew)
{
    Console.Error.WriteLine($"cloudlb: {tooFew}");
    return 1;
}

// A caller's thread waits for the disk while it commits a change; on two processors half of the pool would be gone meanwhile.
ThreadPool.GetMinThreads(out var workers, out var completions);
ThreadPool.SetMinThreads(workers + 1, completions);

return await CloudLbCommand.RunAsync(args, new Executable());
