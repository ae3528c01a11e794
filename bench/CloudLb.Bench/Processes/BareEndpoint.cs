using System.Net;

namespace CloudLb.Bench.Processes;

/// <summary>The yardstick of descriptions: Kestrel with nothing behind it but a constant body.</summary>
internal static class BareEndpoint
{
    private const string Ready = "bare endpoint ready";

    public static Task<ChildProcess> StartAsync(int port, int bytes, CancellationToken cancellationToken) =>
        ChildProcess.StartAsync(Environment.ProcessPath!, ["bare", $"{port}", $"{bytes}"], [], Ready, cancellationToken);

    /// <summary>Serves until the process is ended.</summary>
    public static async Task ServeAsync(int port, int bytes)
    {
        var body = new byte[bytes];
        Array.Fill(body, (byte)'x');
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        await using var application = builder.Build();
        application.Run(async context =>
        {
            context.Response.ContentType = "text/xml";
            context.Response.ContentLength = body.Length;
            await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
        });
        await application.StartAsync();
        Console.WriteLine(Ready);
        await application.WaitForShutdownAsync();
    }
}
