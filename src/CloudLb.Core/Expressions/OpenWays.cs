using static CloudLb.Core.Expressions.ExpressionProgram;

namespace CloudLb.Core.Expressions;

/// <summary>
/// In how many ways at once an engine that tries one way after another can be within an expression, whatever the text is. Where that has a
/// bound the time grows with the length of the text and not with its power.
/// </summary>
/// <remarks>
/// All sets of ways that any text can lead to are walked through, with how often each way is there; as soon as there are too many, of
/// either, the answer is no. Both an exponential and a quadratic expression have ever more ways and so are found at once.
/// </remarks>
internal sealed class OpenWays
{
    private const int MostWays = 32;
    private readonly IReadOnlyList<Step> _steps;
    private readonly List<int> _letters;
    private readonly Dictionary<int, Dictionary<int, int>?> _follows = [];
    private readonly ExpressionBudget _budget;
    private int _most;

    private OpenWays(ExpressionProgram program, ExpressionBudget budget)
    {
        _budget = budget;
        _steps = program.Steps;
        _letters = Representatives();
    }

    /// <summary>The most ways at once, which is how often a letter is looked at; null where they have no bound.</summary>
    /// <param name="part">The expression.</param>
    /// <param name="isSearched">Whether it may begin anywhere.</param>
    /// <param name="budget">What is spent; where nothing is left, the answer is null.</param>
    public static int? Most(ExpressionPart part, bool isSearched, ExpressionBudget budget)
    {
        var ways = new OpenWays(ExpressionProgram.Of(part), budget);
        return ways.AreBounded(isSearched) ? ways._most : null;
    }

    private bool AreBounded(bool isSearched)
    {
        var begins = isSearched ? Ways(0, isStart: false) : [];
        if (Ways(0, isStart: true) is not { } start || begins is null)
        {
            return false;
        }

        var seen = new HashSet<string> { Text(start) };
        var open = new Queue<Dictionary<int, int>>([start]);
        while (open.TryDequeue(out var ways))
        {
            foreach (var letter in _letters)
            {
                if (!_budget.TrySpend() || After(ways, letter, begins) is not { } next)
                {
                    return false;
                }

                if (next.Count > 0 && seen.Add(Text(next)))
                {
                    open.Enqueue(next);
                }
            }
        }

        return true;
    }

    /// <summary>Where the ways are after a letter; null when they are too many.</summary>
    private Dictionary<int, int>? After(Dictionary<int, int> ways, int letter, Dictionary<int, int> begins)
    {
        var (next, count) = (new Dictionary<int, int>(begins), begins.Values.Sum());
        foreach (var (at, times) in ways.Where(way => _steps[way.Key].Set!.Has(letter)))
        {
            if (!_follows.TryGetValue(at, out var follow))
            {
                _follows[at] = follow = Ways(at + 1, isStart: false);
            }

            if (follow is null)
            {
                return null;
            }

            foreach (var (to, paths) in follow)
            {
                next[to] = next.GetValueOrDefault(to) + (times * paths);
                count += times * paths;
                if (count > MostWays)
                {
                    return null;
                }
            }
        }

        _most = Math.Max(_most, count);
        return next;
    }

    /// <summary>The letters that can come next from a step, and by how many paths each; null when these are too many.</summary>
    private Dictionary<int, int>? Ways(int from, bool isStart)
    {
        var (ways, paths) = (new Dictionary<int, int>(), 0);
        var open = new Stack<(int At, Dictionary<int, int> Passed)>([(from, [])]);
        while (open.TryPop(out var path))
        {
            if (++paths > MostWays * 4)
            {
                return null;
            }

            for (var at = path.At; ;)
            {
                var step = _steps[at];
                if (step.Kind == StepKind.Letter)
                {
                    ways[at] = ways.GetValueOrDefault(at) + 1;
                    break;
                }

                if (step.Kind is StepKind.Match or StepKind.End || (step.Kind == StepKind.Start && !isStart)
                    || !MayPass(path.Passed, at))
                {
                    break;
                }

                if (step.Kind == StepKind.Fork)
                {
                    open.Push((step.Other, new(path.Passed)));
                }

                at = step.Kind == StepKind.Jump ? step.Other : at + 1;
            }
        }

        return ways;
    }

    // A repeat within a repeat comes to itself once more without a letter: two ways to go on. After that it would do so for ever.
    private static bool MayPass(Dictionary<int, int> passed, int step) => (passed[step] = passed.GetValueOrDefault(step) + 1) <= 2;

    /// <summary>One letter of each kind that the expression tells apart.</summary>
    private List<int> Representatives()
    {
        var sets = _steps.Select(step => step.Set).OfType<LetterSet>().Distinct().ToList();
        return [.. Enumerable.Range(0, 256).DistinctBy(letter => string.Concat(sets.Select(set => set.Has(letter) ? '1' : '0')))];
    }

    private static string Text(Dictionary<int, int> ways) =>
        string.Join(' ', ways.OrderBy(way => way.Key).Select(way => $"{way.Key}*{way.Value}"));
}
