using System.Diagnostics;
using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// An instance that speaks what OpenSSL speaks today only when it is told to: <c>openssl s_server</c>, which answers every GET with 200.
/// </summary>
internal sealed class OldTlsInstance : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cloudlb-test-").FullName;
    private readonly Process _process;

    private OldTlsInstance(IReadOnlyList<string> arguments, TestCertificate certificate)
    {
        File.WriteAllText(Path.Combine(_directory, "all.pem"), $"{certificate.Pem}\n{certificate.KeyPem}\n");
        var start = new ProcessStartInfo(
            "openssl",
            [
                "s_server", "-accept", $"{Address}:{TestInstance.Port}", "-cert", "all.pem", "-key", "all.pem", "-www",
                .. arguments,
            ])
        {
            WorkingDirectory = _directory, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IPAddress Address { get; } = Loopback.Next();

    public static OldTlsInstance Start(TestCertificate certificate, params string[] arguments) => new(arguments, certificate);

    public PlannedMember Planned(bool isSecure = true) =>
        new() { Target = "i-1", Address = Address, Port = TestInstance.Port, IsSecure = isSecure, Weight = 1 };

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
