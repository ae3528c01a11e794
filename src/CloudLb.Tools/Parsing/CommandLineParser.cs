using CloudLb.Tools.Definitions;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Parsing;

/// <summary>
/// Both grammars: long options by any unambiguous prefix, their value in the next word or behind <c>=</c>. Euca2ools adds what Python's
/// argparse takes: flags in one word, a value right behind a letter, <c>--</c> before what only looks like an option.
/// </summary>
internal sealed class CommandLineParser(ToolCommand command, Family family)
{
    private readonly Option[] _known = [.. command.OptionsOf(family)];
    private readonly Dictionary<string, List<string>> _options = [];
    private readonly List<string> _positionals = [];

    /// <exception cref="ToolException">The line does not fit the command.</exception>
    public static Arguments Parse(ToolCommand command, Family family, IReadOnlyList<string> words) =>
        new CommandLineParser(command, family).Parse(words);

    private Arguments Parse(IReadOnlyList<string> words)
    {
        var rest = new Queue<string>(words);
        while (rest.TryDequeue(out var word))
        {
            if (word == "--")
            {
                _positionals.AddRange(rest);
                break;
            }

            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                TakeLong(word[2..], rest);
            }
            else if (IsOption(word))
            {
                TakeShort(word[1..], rest);
            }
            else
            {
                _positionals.Add(word);
            }
        }

        // Help and version need nothing else.
        var arguments = new Arguments { Command = command, Family = family, Options = _options, Positionals = PlacedPositionals() };
        if (!arguments.Has(CommonOptions.Help) && !arguments.Has(CommonOptions.Version))
        {
            RequiredArguments.Check(arguments);
        }

        return arguments;
    }

    private List<string> PlacedPositionals() => [.. _options.GetValueOrDefault(CommonOptions.LoadBalancer, []), .. _positionals];

    /// <summary>A lone dash and a negative number are values.</summary>
    private static bool IsOption(string word) => word is ['-', not (>= '0' and <= '9'), ..];

    private void TakeLong(string word, Queue<string> rest)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var option = FindLong(equals < 0 ? word : word[..equals]);
        if (option.IsFlag && equals >= 0)
        {
            throw new ToolException(Fault.MalformedInput, $"--{option.Name} takes no value");
        }

        Add(option, equals >= 0 ? word[(equals + 1)..] : option.IsFlag ? "" : NextValue(option, rest));
    }

    private Option FindLong(string name)
    {
        if (_known.FirstOrDefault(option => option.Name == name) is { } exact)
        {
            return exact;
        }

        var alike = name.Length == 0 ? [] : _known.Where(option => option.Name.StartsWith(name, StringComparison.Ordinal)).ToList();
        return alike switch
        {
            [var one] => one,
            [] => throw new ToolException(Fault.UnrecognizedOption, $"--{name}"),
            _ => throw new ToolException(
                Fault.UnrecognizedOption, $"--{name} could be {string.Join(" or ", alike.Select(option => $"--{option.Name}"))}"),
        };
    }

    private void TakeShort(string letters, Queue<string> rest)
    {
        for (var i = 0; i < letters.Length; i++)
        {
            var option = _known
                .FirstOrDefault(known => known.Short == letters[i]) ?? throw new ToolException(Fault.UnrecognizedOption, $"-{letters}");
            var behind = letters[(i + 1)..];
            if (behind.Length > 0 && family == Family.Java && behind[0] != '=')
            {
                throw new ToolException(Fault.UnrecognizedOption, $"-{letters}");
            }

            if (!option.IsFlag)
            {
                Add(option, behind.Length == 0 ? NextValue(option, rest) : behind[0] == '=' ? behind[1..] : behind);
                return;
            }

            Add(option, "");
        }
    }

    /// <summary>Argparse takes no word that looks like an option for a value; the Java tools take the next word whatever it is.</summary>
    private string NextValue(Option option, Queue<string> rest)
    {
        if (!rest.TryPeek(out var next) || (family == Family.Euca && IsOption(next) && !next.Contains(' ', StringComparison.Ordinal)))
        {
            throw new ToolException(Fault.MissingArgument, $"{option.Spelling} needs a value");
        }

        return rest.Dequeue();
    }

    private void Add(Option option, string value)
    {
        if (!option.IsFlag && !option.MayBeEmpty && value.Trim(' ', ',').Length == 0 && option.Name != CommonOptions.Delimiter)
        {
            throw new ToolException(Fault.MalformedInput, $"{option.Spelling} has an empty value");
        }

        if (!_options.TryGetValue(option.Name, out var values))
        {
            _options.Add(option.Name, values = []);
        }

        values.Add(value);
    }
}
