Console.Error.WriteLine("This program only lets `dotnet ef` load the modules; docs/modules/new.md shows how.");
return 1;
