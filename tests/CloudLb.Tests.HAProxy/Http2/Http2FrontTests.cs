using System.Diagnostics;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// HTTP/2 at an address that load balancers share: TLS is each one's own, and a client that keeps a connection for all hosts of a
/// certificate is told when one of them is another's. The client is curl.
/// </summary>
public sealed class Http2FrontTests
{
    [Fact]
    public async Task A_connection_is_one_load_balancer_s_whatever_its_certificate_names()
    {
        await using var one = await TestInstance.StartAsync("one");
        await using var two = await TestInstance.StartAsync("two");
        await using var running = await RunningDataPlane.StartAsync();
        var shared = Loopback.Next();
        var both = running.Certificates.Add(TestCertificate.SelfSigned("*.test"));
        var a = ApplicationPlans.LoadBalancer("a", one.Planned()).SharedAt(shared, "a.test").SecuredBy(both);
        var b = ApplicationPlans.LoadBalancer("b", two.Planned()).SharedAt(shared, "b.test").SecuredBy(both);
        await running.ApplyAsync(a, b);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(a, "one");
        await running.IsPassingAsync(b, "two");

        Assert.Equal("one 2 200", await CurlAsync("a.test", "a.test"));
        Assert.Equal("two 2 200", await CurlAsync("b.test", "b.test"));
        Assert.EndsWith(" 2 421", await CurlAsync("a.test", "b.test"), StringComparison.Ordinal);
        Assert.EndsWith(" 2 421", await CurlAsync("b.test", "a.test"), StringComparison.Ordinal);
        Assert.EndsWith(" 2 421", await CurlAsync("a.test", "b.test", isLate: true), StringComparison.Ordinal);

        async Task<string> CurlAsync(string serverName, string host, bool isLate = false)
        {
            string[] late = isLate ? ["--request", "POST", "--header", "Expect:", "--upload-file", "-"] : [];
            var start = new ProcessStartInfo(
                "curl",
                [
                    "--silent", "--insecure", "--noproxy", "*", "--http2", "--max-time", "60", "--connect-to", $"::{shared}:{Plans.Port}",
                    "--header", $"Host: {host}", .. late, "--write-out", " %{http_version} %{http_code}",
                    $"https://{serverName}:{Plans.Port}/",
                ])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            if (isLate)
            {
                // The head is answered before the body comes, where nobody waits for that.
                await Task.Delay(200, TestContext.Current.CancellationToken);
                await process.StandardInput.WriteAsync(new string('x', 50_000));
            }

            process.StandardInput.Close();
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return output;
        }
    }
}
