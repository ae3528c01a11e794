using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace CloudLb.Core.Inventory;

/// <summary>
/// Puts questions to an endpoint: a few at once, as many ids to one as it takes, each within the time limit. Nothing is kept.
/// </summary>
internal sealed class EndpointQuestions(IInventoryEndpoint endpoint, IOptions<InventoryOptions> options, TimeProvider clock)
{
    /// <summary>Ids to a question. EC2 takes 200 values of a filter.</summary>
    private const int BatchSize = 100;

    /// <summary>Questions under way at once; EC2 throttles callers by the second.</summary>
    private const int MaximumQuestions = 4;

    private readonly SemaphoreSlim _questions = new(MaximumQuestions);

    /// <summary>The instances that there are of those asked for, and no others, as they come.</summary>
    /// <exception cref="InventoryEndpointException">It cannot be reached, refuses, cannot be understood, or took too long.</exception>
    public async IAsyncEnumerable<(IReadOnlyList<string> Asked, IReadOnlyList<EndpointInstance> Found)> FindAsync(
        IEnumerable<string> instanceIds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in instanceIds.Chunk(BatchSize))
        {
            var asked = batch.ToHashSet(StringComparer.Ordinal);
            var found = await AskedAsync(token => endpoint.FindAsync(batch, token), cancellationToken);
            yield return (batch, [.. found.Where(instance => asked.Contains(instance.InstanceId))]);
        }
    }

    /// <summary>All networks.</summary>
    /// <exception cref="InventoryEndpointException">It cannot be reached, refuses, cannot be understood, or took too long.</exception>
    public Task<EndpointNetworks> ListAsync(CancellationToken cancellationToken) => AskedAsync(endpoint.ListAsync, cancellationToken);

    /// <summary>Asks within the time limit, the wait for others' questions counted.</summary>
    private async Task<T> AskedAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.Ec2Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _questions.WaitAsync(either.Token);
            try
            {
                return await ask(either.Token);
            }
            finally
            {
                _questions.Release();
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InventoryEndpointException($"It did not answer within {options.Value.Ec2Timeout.TotalSeconds:0.###} s.", exception);
        }
    }
}
