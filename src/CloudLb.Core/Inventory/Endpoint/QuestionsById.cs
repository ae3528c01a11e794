using System.Collections.Concurrent;

namespace CloudLb.Core.Inventory;

/// <summary>Asks for ids, for each only once at a time: who wants one first asks for all others who want it meanwhile.</summary>
/// <param name="ask">Asks for several; whoever leaves does not end it.</param>
internal sealed class QuestionsById(Func<IReadOnlyList<string>, Task> ask)
{
    private readonly ConcurrentDictionary<string, Task> _asking = new(StringComparer.Ordinal);

    /// <summary>Ends when all of the ids were asked for, by this caller or another one.</summary>
    public Task AskAsync(IReadOnlyList<string> ids)
    {
        var question = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var awaited = ids.Select(id => (Id: id, Asked: _asking.GetOrAdd(id, question.Task))).ToList();
        var mine = awaited.Where(one => one.Asked == question.Task).Select(one => one.Id).ToList();
        var asking = mine.Count > 0 ? AskForAllAsync(mine, question) : Task.CompletedTask;
        return Task.WhenAll(awaited.Select(one => one.Asked).Append(asking));
    }

    private async Task AskForAllAsync(IReadOnlyList<string> ids, TaskCompletionSource question)
    {
        // The caller goes on at once: what follows is others' question as well.
        await Task.Yield();
        try
        {
            await ask(ids);
            Forget(ids);
            question.SetResult();
        }
        catch (Exception exception)
        {
            Forget(ids);
            question.SetException(exception);
            _ = question.Task.Exception;
        }
    }

    private void Forget(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            _asking.TryRemove(id, out _);
        }
    }
}
