using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>
/// Every action and every protocol of the endpoint, with whatever values, signed well, wrongly or not at all, whole or broken.
/// </summary>
public sealed class FuzzTests
{
    private const string Canary = "canary";

    /// <summary>At once, each with a connection of its own.</summary>
    private const int Clients = 6;

    /// <summary>Memory is looked at after each.</summary>
    private const int Parts = 10;

    /// <summary>By then every kind of resource is at its quota, the policies of each load balancer too.</summary>
    private const int WarmParts = 2;

    /// <summary>The run ends with so many.</summary>
    private const int EnoughFaults = 10;

    /// <summary>Resources of a kind in an account: what is kept has an end, and memory with it.</summary>
    private const string AtMost = "15";

    [Fact]
    public async Task Whatever_is_sent_is_answered_in_its_form_and_harms_nothing()
    {
        var token = TestContext.Current.CancellationToken;
        await using var inventory = await FuzzInventory.WriteAsync(token);
        await using var server = await CloudLbProcess.StartAsync(
            token, ("Inventory:File", inventory.Path), ("Quotas:classic-load-balancers", AtMost),
            ("Quotas:ServerCertificatesQuota", AtMost));
        await using var backend = await Backend.StartAsync(token);
        var api = new ElbApi(server.Url);
        await api.ServeAsync(Canary, backend, token);
        var lines = FuzzStructure.LinesOf(server);
        var counts = new FuzzCounts();

        var memory = new List<long>();
        for (var part = 0; part < Parts; part++)
        {
            await RunAsync(server, counts, FuzzRun.Seed + (part * Clients), FuzzRun.Requests / Parts, token);
            memory.Add(server.ResidentMebibytes);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{counts}\nMiB of memory after each tenth: {string.Join(", ", memory)}");

        var failures = server.Output.Split('\n')
            .Where(
                line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal)).ToList();
        Assert.True(
            counts.Faults.IsEmpty,
            $"CLOUDLB_FUZZ_SEED={FuzzRun.Seed}\n{string.Join("\n\n", counts.Faults)}\n{string.Join('\n', failures)}");
        Assert.Empty(failures);
        using var http = new HttpClient();
        Assert.Equal(backend.Address, await http.GetStringAsync(await server.TrafficUrlAsync(Canary, token), token));
        await FuzzStructure.IsAsPlannedAsync(server, lines, token);
        if (FuzzRun.Requests >= FuzzRun.LongEnoughForMemory)
        {
            Assert.Empty(FuzzCalls.Guessable.Except(counts.Successes));
            var (warm, after) = (memory[WarmParts - 1], memory[^1]);
            Assert.True(after <= warm * 1.1, $"MiB of memory after each tenth: {string.Join(", ", memory)}");
        }
    }

    private static Task RunAsync(CloudLbProcess server, FuzzCounts counts, int seed, int requests, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(seed, Clients).Select(own => Task.Factory.StartNew(
            () => Run(server.Url, counts, own, requests / Clients, cancellationToken), TaskCreationOptions.LongRunning)));

    private static void Run(Uri url, FuzzCounts counts, int seed, int requests, CancellationToken cancellationToken)
    {
        var made = new FuzzRequests(new Random(seed), url.Authority);
        using var connection = new FuzzConnection(url);
        for (
            var number = 0; number < requests && counts.Faults.Count < EnoughFaults && !cancellationToken.IsCancellationRequested; number++)
        {
            var request = made.Next();
            IReadOnlyList<FuzzAnswer> answers = [];
            try
            {
                answers = request.IsBroken ? connection.AskBroken(request) : [connection.Ask(request)];
                foreach (var answer in answers)
                {
                    FuzzForm.Check(request, answer);
                }
            }
            catch (Exception exception)
            {
                counts.Faults.Enqueue(
                    $"Client {seed}, request {number}: {exception.Message}\n{request}\nwas answered\n{string.Join('\n', answers)}");
            }

            counts.Add(request, answers);
        }
    }
}
