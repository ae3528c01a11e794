using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>The first key, which CloudLb made for itself, is replaced with <c>aws iam</c> while a client goes on calling.</summary>
public sealed class KeyRotationTests
{
    private const string Program = "/usr/bin/aws";

    [Fact]
    public async Task A_key_is_rotated_with_the_AWS_CLI_and_no_call_fails()
    {
        Installed.OrSkip(File.Exists(Program), "The AWS CLI is not installed (apt install awscli).");
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token, ("AccessKeyId", ""), ("SecretAccessKey", ""));
        var old = FirstKey(server);
        var fresh = await RotateUnderCallsAsync(server, old);

        await server.KillAsync(token);
        await server.StartAgainAsync(token);
        Assert.Equal("Inactive", await StatusAsync(server, fresh, old.AccessKeyId));
        Assert.Null(await IamAsync(server, fresh, "delete-access-key", "--access-key-id", old.AccessKeyId));
        await server.KillAsync(token);
        await server.StartAgainAsync(token);

        Assert.Equal((403, "InvalidClientTokenId"), await RefusalAsync(server, old));
        Assert.Null(await StatusAsync(server, fresh, old.AccessKeyId));
        Assert.Equal("Active", await StatusAsync(server, fresh, fresh.AccessKeyId));
        Assert.Contains(
            $"{old.AccessKeyId}, which the settings or the credentials file give, was deleted", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(fresh.SecretAccessKey, server.Output, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(server.DataDirectory, "audit")))
        {
            Assert.DoesNotContain(fresh.SecretAccessKey, await File.ReadAllTextAsync(file, token), StringComparison.Ordinal);
        }
    }

    /// <summary>Makes a key, has a client that never stops calling change over to it, and makes the old one inactive.</summary>
    private static async Task<Account> RotateUnderCallsAsync(CloudLbProcess server, Account old)
    {
        var token = TestContext.Current.CancellationToken;
        using var stop = new CancellationTokenSource();
        var current = old;
        var calls = 0;
        var steady = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await new ElbApi(server.Url, Volatile.Read(ref current)).CallAsync("Action=DescribeLoadBalancers", token);
                    Interlocked.Increment(ref calls);
                }
            },
            token);

        var who = (await IamAsync(server, old, "get-user"))!["User"]!;
        Assert.Equal($"arn:aws:iam::{Account.First.Id}:root", (string?)who["Arn"]);
        var made = (await IamAsync(server, old, "create-access-key"))!["AccessKey"]!;
        var fresh = new Account(Account.First.Id, (string)made["AccessKeyId"]!, (string)made["SecretAccessKey"]!);
        Volatile.Write(ref current, fresh);
        var changedAt = Volatile.Read(ref calls);
        await Wait.ForAsync(() => Task.FromResult(Volatile.Read(ref calls)), count => count > changedAt + 20 || steady.IsCompleted, token);
        await IamAsync(server, fresh, "update-access-key", "--access-key-id", old.AccessKeyId, "--status", "Inactive");
        Assert.Equal((403, "InvalidClientTokenId"), await RefusalAsync(server, old));
        var deactivatedAt = Volatile.Read(ref calls);
        await Wait.ForAsync(
            () => Task.FromResult(Volatile.Read(ref calls)), count => count > deactivatedAt + 20 || steady.IsCompleted, token);

        await stop.CancelAsync();
        await steady;
        return fresh;
    }

    private static async Task<string?> StatusAsync(CloudLbProcess server, Account by, string accessKeyId) =>
        (string?)(await IamAsync(server, by, "list-access-keys"))!["AccessKeyMetadata"]!.AsArray()
            .SingleOrDefault(key => (string?)key!["AccessKeyId"] == accessKeyId)?["Status"];

    private static async Task<(int Status, string? Code)> RefusalAsync(CloudLbProcess server, Account by)
    {
        var answer = await new ElbApi(server.Url, by).SendAsync(
            "Action=DescribeLoadBalancers&Version=2012-06-01", TestContext.Current.CancellationToken);
        return (answer.Status, answer.Value("Code"));
    }

    /// <summary>Runs <c>aws iam</c>, which must succeed; null for an action that answers nothing.</summary>
    private static async Task<JsonNode?> IamAsync(CloudLbProcess server, Account by, params IEnumerable<string> arguments)
    {
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ACCESS_KEY_ID"] = by.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = by.SecretAccessKey,
            ["AWS_DEFAULT_REGION"] = Account.Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_PAGER"] = "",
        };
        var result = await ChildProcess.RunAsync(
            Program, ["--endpoint-url", server.Url.ToString(), "--output", "json", "iam", .. arguments], environment,
            TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.Trim().Length == 0 ? null : JsonNode.Parse(result.Output);
    }

    private static Account FirstKey(CloudLbProcess server)
    {
        var lines = File.ReadAllLines(Path.Combine(server.DataDirectory, "credentials"));
        return new(Account.First.Id, lines[1].Split(" = ")[1], lines[2].Split(" = ")[1]);
    }
}
