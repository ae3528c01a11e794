using CloudLb.Core.SignIns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudLb.OpenId.SignIns;

/// <summary>
/// Takes the requests of clients that sign in, from the data plane alone: on a socket of this machine, from when an action asks for it.
/// </summary>
/// <remarks>The socket is made again where somebody has removed it.</remarks>
internal sealed partial class SignInServer(
    SignInFlow flow, ISignIns signIns, ISignInSocket socket, TimeProvider clock, ILoggerFactory loggers, ILogger<SignInServer> logger)
    : BackgroundService
{
    // As much of a head as the data plane takes; of a body nothing is read.
    private const int MostConnections = 5000, LongestHead = 128 * 1024, MostHeaders = 1200;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    private WebApplication? _application;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    if (signIns.AreAny && (_application is null || !File.Exists(socket.Path)))
                    {
                        await StartAnewAsync(stoppingToken);
                    }
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.StartFailed(logger, exception);
                }

                await Task.Delay(LookInterval, clock, stoppingToken);
            }
        }
        finally
        {
            await EndAsync();
        }
    }

    private async Task StartAnewAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        File.Delete(socket.Path);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.Add(new(typeof(ILoggerFactory), loggers));
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestLineSize = LongestHead;
            kestrel.Limits.MaxRequestBufferSize = 2 * LongestHead;
            kestrel.Limits.MaxRequestHeadersTotalSize = LongestHead;
            kestrel.Limits.MaxRequestHeaderCount = MostHeaders;
            kestrel.ListenUnixSocket(socket.Path);
        });
        var application = builder.Build();
        application.Run(flow.HandleAsync);
        try
        {
            await application.StartAsync(cancellationToken);
            socket.Admit();
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        _application = application;
    }

    private async Task EndAsync()
    {
        if (_application is { } application)
        {
            _application = null;
            await application.DisposeAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8712, LogLevel.Error, "Clients cannot be signed in; tried again in a moment")]
        public static partial void StartFailed(ILogger logger, Exception exception);
    }
}
