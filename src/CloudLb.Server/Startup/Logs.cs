using Microsoft.Extensions.Logging.Console;

namespace CloudLb.Server.Startup;

/// <summary>Logs go to standard error, a line each, so that standard output is left to what was asked for.</summary>
internal static class Logs
{
    public static void Configure(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();

        // Its lines about each request are not written anyway, and that it could write any has ASP.NET Core make an Activity and a scope
        // for each. Settings that name it come later and win.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);

        // Two lines for each call that is passed on, and a stack for each that cannot be; the audit file has one, and CloudLb tells of an
        // endpoint that is away.
        logging.AddFilter("Yarp", LogLevel.None);

        // An error with its stack for each body that is wrongly framed, whoever sent it; RequestMarks tells of requests that really fail.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);

        // A start that fails is told in one sentence by the command; the host would print its stack beside it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddConsole(options =>
        {
            options.FormatterName = ConsoleFormatterNames.Simple;
            options.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            options.ColorBehavior = LoggerColorBehavior.Disabled;
        });
    }
}
