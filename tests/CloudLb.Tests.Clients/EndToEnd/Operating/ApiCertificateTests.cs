using System.Net.Security;
using System.Net.Sockets;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed class ApiCertificateTests
{
    [Fact]
    public async Task A_certificate_that_is_replaced_is_shown_to_the_next_caller_and_a_broken_one_is_not()
    {
        var token = TestContext.Current.CancellationToken;
        var directory = Directory.CreateTempSubdirectory("clb-certificate-");
        var file = Path.Combine(directory.FullName, "api.pem");
        Write(file, "first.test");
        try
        {
            await using var server = await CloudLbProcess.StartAsync(token, ("Url", "https://127.0.0.1:0"), ("CertificateFile", file));
            var url = new Uri((await File.ReadAllTextAsync(Path.Combine(server.DataDirectory, "endpoint"), token)).Trim());
            Assert.Contains("first.test", await ShownAsync(url, token), StringComparison.Ordinal);

            Write(file, "second.test");
            await Wait.ForAsync(() => ShownAsync(url, token), subject => subject.Contains("second.test", StringComparison.Ordinal), token);

            await File.WriteAllTextAsync(file, "no certificate", token);
            await Wait.ForAsync(
                () =>
                    Task.FromResult(server.Output), output => output.Contains("could not be read again", StringComparison.Ordinal), token);
            Assert.Contains("second.test", await ShownAsync(url, token), StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Moved into place, as whoever renews certificates does.</summary>
    private static void Write(string file, string host)
    {
        var made = ServerCertificateFiles.New(host);
        File.WriteAllText($"{file}.new", made.Certificate + "\n" + made.Key);
        File.Move($"{file}.new", file, overwrite: true);
    }

    private static async Task<string> ShownAsync(Uri url, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, cancellationToken);
        await using var secure = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = url.Host }, cancellationToken);
        return secure.RemoteCertificate!.Subject;
    }
}
