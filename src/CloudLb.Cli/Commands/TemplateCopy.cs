using CloudLb.Cli.Control;

namespace CloudLb.Cli.Commands;

/// <summary>Copies a shipped template to where an operator edits it. Until it is edited it changes nothing.</summary>
internal static class TemplateCopy
{
    /// <returns>What was done.</returns>
    public static string Make(TemplatesStatus status, string file, string? template)
    {
        var shipped = status.Shipped.FirstOrDefault(each => each.File == file && each.Text.Length > 0)
            ?? throw new CommandException(
                $"There is no {file} to copy; there are {string.Join(", ", status.Shipped.Where(each => each.Text.Length > 0)
                    .Select(each => each.File))}.", ExitCodes.WrongUse);
        if (template is not null && !(template.Length > 0 && char.IsAsciiLetterOrDigit(template[0]) && template.All(character =>
            char.IsAsciiLetterOrDigit(character) || character is '-' or '_')))
        {
            throw new CommandException(
                $"'{template}' is no name of a template: letters, digits, hyphens, underscores.", ExitCodes.WrongUse);
        }

        var path = Path.Combine(status.Directory, template ?? "", file);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            using var writer = new StreamWriter(stream);
            writer.Write(shipped.Text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be made: {exception.Message}");
        }

        return path;
    }
}
