namespace CloudLb.Core.Expressions;

/// <summary>An expression as steps: each takes a letter, asks for a place, or goes on in two ways.</summary>
internal sealed class ExpressionProgram
{
    private const int MostSteps = 4000;
    private readonly List<Step> _steps = [];

    private ExpressionProgram()
    {
    }

    public IReadOnlyList<Step> Steps => _steps;

    public static ExpressionProgram Of(ExpressionPart part)
    {
        var program = new ExpressionProgram();
        program.Add(part);
        program.Add(new Step(StepKind.Match));
        return program;
    }

    private int Add(Step step)
    {
        _steps.Add(step);
        return _steps.Count <= MostSteps ? _steps.Count - 1 : throw new ExpressionException("is too long with its repeats");
    }

    private void Add(ExpressionPart part)
    {
        switch (part)
        {
            case ExpressionPart.Letter(var set):
                Add(new Step(StepKind.Letter) { Set = set });
                break;
            case ExpressionPart.Place(var kind):
                Add(new Step(kind switch
                {
                    PlaceKind.Start => StepKind.Start,
                    PlaceKind.End => StepKind.End,
                    _ => StepKind.Pass,
                }));
                break;
            case ExpressionPart.Group(var inner, _):
                Add(inner);
                break;
            case ExpressionPart.Sequence(var parts):
                foreach (var each in parts)
                {
                    Add(each);
                }

                break;
            case ExpressionPart.Choice(var parts):
                AddChoice(parts);
                break;
            case ExpressionPart.Repeat repeat:
                AddRepeat(repeat);
                break;
        }
    }

    private void AddChoice(IReadOnlyList<ExpressionPart> parts)
    {
        var ends = new List<int>();
        foreach (var part in parts.SkipLast(1))
        {
            var fork = Add(new Step(StepKind.Fork) { Other = 0 });
            Add(part);
            ends.Add(Add(new Step(StepKind.Jump)));
            _steps[fork] = _steps[fork] with { Other = _steps.Count };
        }

        Add(parts[^1]);
        foreach (var end in ends)
        {
            _steps[end] = _steps[end] with { Other = _steps.Count };
        }
    }

    private void AddRepeat(ExpressionPart.Repeat repeat)
    {
        for (var count = 0; count < repeat.Minimum; count++)
        {
            Add(repeat.Part);
        }

        if (repeat.Maximum is not { } maximum)
        {
            var loop = Add(new Step(StepKind.Fork));
            Add(repeat.Part);
            Add(new Step(StepKind.Jump) { Other = loop });
            _steps[loop] = _steps[loop] with { Other = _steps.Count };
            return;
        }

        var forks = new List<int>();
        for (var count = repeat.Minimum; count < maximum; count++)
        {
            forks.Add(Add(new Step(StepKind.Fork)));
            Add(repeat.Part);
        }

        foreach (var fork in forks)
        {
            _steps[fork] = _steps[fork] with { Other = _steps.Count };
        }
    }

    internal enum StepKind
    {
        /// <summary>Takes a letter of the set, and goes on with the next step.</summary>
        Letter,

        /// <summary>Goes on with the next step, and with the other.</summary>
        Fork,

        /// <summary>Goes on with the other step.</summary>
        Jump,

        /// <summary>Goes on where nothing has been taken.</summary>
        Start,

        /// <summary>Goes on where nothing is left.</summary>
        End,

        /// <summary>Goes on.</summary>
        Pass,

        /// <summary>The whole fits.</summary>
        Match,
    }

    internal readonly record struct Step(StepKind Kind)
    {
        public LetterSet? Set { get; init; }

        public int Other { get; init; }
    }
}
