using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Server.Settings;

namespace CloudLb.Server.Startup;

/// <summary>
/// The certificate of an https URL. Its files are looked at every few seconds and read again when they have changed, and on SIGHUP;
/// connections that there are keep the one that they began with. What cannot be read leaves the one before in force.
/// </summary>
internal sealed partial class ApiCertificate : BackgroundService
{
    /// <summary>How long a certificate that somebody has put there waits to be used.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    /// <summary>Long enough for a person to act on; those who renew by themselves do it a month before the end.</summary>
    private static readonly TimeSpan SoonExpired = TimeSpan.FromDays(14);

    private static readonly TimeSpan ReminderInterval = TimeSpan.FromDays(1);

    private readonly string[] _files;
    private readonly string? _keyFile;
    private readonly TimeProvider _clock;
    private readonly ILogger<ApiCertificate> _logger;
    private readonly SemaphoreSlim _hangUp = new(0, 1);
    private string _seen;
    private volatile SslServerAuthenticationOptions _current;

    /// <exception cref="StartException">The files hold no certificate with its key.</exception>
    public ApiCertificate(ServerOptions options, TimeProvider clock, ILogger<ApiCertificate> logger)
    {
        (_keyFile, _clock, _logger) = (options.CertificateKeyFile, clock, logger);
        _files = [.. new[] { options.CertificateFile, options.CertificateKeyFile }.OfType<string>()];
        _seen = Look();
        try
        {
            (_current, Certificate) = Read();
        }
        catch (Exception exception) when (IsOfTheFiles(exception))
        {
            throw new StartException($"The certificate of CloudLb:CertificateFile cannot be used: {exception.Message}");
        }
    }

    /// <summary>What new connections are shown.</summary>
    public X509Certificate2 Certificate { get; private set; }

    /// <summary>What a handshake is made by; new with each certificate.</summary>
    public SslServerAuthenticationOptions Options => _current;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            if (_hangUp.CurrentCount == 0)
            {
                _hangUp.Release();
            }
        });
        Remind();
        for (var reminded = _clock.GetTimestamp(); ;)
        {
            var isAsked = await _hangUp.WaitAsync(LookInterval, stoppingToken);
            if (Look() is var seen && (isAsked || seen != _seen))
            {
                TryRead(seen);
            }

            if (_clock.GetElapsedTime(reminded) > ReminderInterval)
            {
                reminded = _clock.GetTimestamp();
                Remind();
            }
        }
    }

    private static bool IsOfTheFiles(Exception exception) =>
        exception is CryptographicException or IOException or UnauthorizedAccessException;

    /// <summary>Files that are replaced one after the other do not go together for a moment: the next look finds both.</summary>
    private void TryRead(string seen)
    {
        try
        {
            (_current, Certificate) = Read();
            _seen = seen;
            Log.ReadAgain(_logger, Certificate.Subject, Certificate.NotAfter.ToUniversalTime());
            Remind();
        }
        catch (Exception exception) when (IsOfTheFiles(exception))
        {
            Log.NotRead(_logger, exception.Message);
        }
    }

    private void Remind()
    {
        var (now, end) = (_clock.GetUtcNow(), new DateTimeOffset(Certificate.NotAfter.ToUniversalTime()));
        if (end <= now)
        {
            Log.Expired(_logger, end);
        }
        else if (end - now < SoonExpired)
        {
            Log.ExpiresSoon(_logger, end);
        }
    }

    private (SslServerAuthenticationOptions Options, X509Certificate2 Certificate) Read()
    {
        var certificate = X509Certificate2.CreateFromPemFile(_files[0], _keyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_files[0]);
        var context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        return (new() { ServerCertificateContext = context }, certificate);
    }

    /// <summary>What tells whether the files are the same as before.</summary>
    private string Look() =>
        string.Join(
            ' ',
            _files.Select(file => new FileInfo(file) is { Exists: true } info ? $"{info.Length} {info.LastWriteTimeUtc.Ticks}" : "none"));

    private static partial class Log
    {
        [LoggerMessage(8001, LogLevel.Information, "The API's certificate was read again: {Subject}, good until {End:u}")]
        public static partial void ReadAgain(ILogger logger, string subject, DateTime end);

        [LoggerMessage(8002, LogLevel.Warning, "The API's certificate could not be read again, the one before stays in force: {Reason}")]
        public static partial void NotRead(ILogger logger, string reason);

        [LoggerMessage(
            8003, LogLevel.Warning,
            "The API's certificate ends on {End:u}; replace CloudLb:CertificateFile, which is read again by itself")]
        public static partial void ExpiresSoon(ILogger logger, DateTimeOffset end);

        [LoggerMessage(
            8004, LogLevel.Warning,
            "The API's certificate has ended on {End:u}, and clients refuse it; replace CloudLb:CertificateFile, which is read again by " +
            "itself")]
        public static partial void Expired(ILogger logger, DateTimeOffset end);
    }
}
