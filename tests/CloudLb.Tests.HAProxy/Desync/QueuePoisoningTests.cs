using System.Globalization;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>
/// The attack that an ambiguous request is made for: an instance that does not read the body of a GET takes it for a request, and its
/// answer waits on a connection that the next client may be given.
/// </summary>
public sealed class QueuePoisoningTests
{
    private const int Rounds = 20;

    private const string Hidden = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";

    [Theory]
    [InlineData("GET /attack HTTP/1.1\r\nHost: x\r\nContent-Length: {0}\r\n\r\n", Hidden)]
    [InlineData("GET /attack HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\nContent-Length: {0}\r\n\r\n", Hidden)]
    [InlineData("GET /attack HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, X-Forwarded-For\r\nContent-Length: {0}\r\n\r\n", Hidden)]
    [InlineData("POST /attack HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551616\r\n\r\n", Hidden)]
    public async Task No_client_is_given_the_answer_to_a_request_of_another(string attack, string body)
    {
        await using var instance = RecordingInstance.Start(readsBodies: false, Echo);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var bytes = string.Format(CultureInfo.InvariantCulture, attack, body.Length) + body;

        for (var round = 0; round < Rounds; round++)
        {
            using var victim = await RawClient.ConnectAsync(web);
            await AsksAsync(victim, $"/before-{round}");
            using (var attacker = await RawClient.ConnectAsync(web))
            {
                await AsksAsync(attacker, $"/mine-{round}");
                await attacker.SendAsync(bytes);
                Assert.True(await attacker.AnswerAsync() is { Status: 200 or 400 or 413 });
                Assert.Null(await attacker.AnswerAsync());
            }

            await AsksAsync(victim, $"/after-{round}");
            using var other = await RawClient.ConnectAsync(web);
            await AsksAsync(other, $"/other-{round}");
        }
    }

    private static string Echo(string head)
    {
        var path = head.Split(' ')[1];
        return $"HTTP/1.1 200 OK\r\nContent-Length: {path.Length}\r\n\r\n{path}";
    }

    private static async Task AsksAsync(RawClient client, string path)
    {
        await client.SendAsync($"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(path, (await client.AnswerAsync())?.Body);
    }
}
